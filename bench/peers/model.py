"""Trains the dense network 10 -> 64 -> 64 -> 3 that the peers serve: `model.py mlflow|bentoml <folder>`."""

import sys
import warnings
from pathlib import Path

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

peer, folder = sys.argv[1], Path(sys.argv[2])
generator = np.random.default_rng(0)
inputs = generator.random((2000, 10))
labels = (inputs[:, 0] * 3).astype(int)

# Its weights do not matter for its speed.
warnings.simplefilter("ignore", ConvergenceWarning)
model = MLPClassifier((64, 64), max_iter=30, random_state=0).fit(inputs, labels)

if peer == "mlflow":
    import mlflow.sklearn

    mlflow.sklearn.save_model(model, folder / "mlflow", serialization_format="cloudpickle")
else:
    import joblib

    joblib.dump(model, folder / "model.joblib")
