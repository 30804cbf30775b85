"""The network behind BentoML, batched as it advises for many clients and plain as one client is answered quickest."""

import os

import bentoml
import joblib
import numpy as np


@bentoml.service(workers=1, traffic={"timeout": 60, "max_concurrency": 1000})
class Dense:
    def __init__(self):
        self.model = joblib.load(os.path.join(os.environ["MODEL_FOLDER"], "model.joblib"))

    @bentoml.api(batchable=True, max_batch_size=64, max_latency_ms=1000)
    def batched(self, inputs: np.ndarray) -> np.ndarray:
        return self.model.predict_proba(inputs)

    @bentoml.api
    def plain(self, inputs: np.ndarray) -> np.ndarray:
        return self.model.predict_proba(inputs)
