"""Asks one endpoint through the field's own clients, unchanged, and prints what each answered."""

import asyncio
import json
import sys

import numpy as np
import pandas as pd

given = json.loads(sys.argv[1])
host, name, records = given["host"], given["endpoint"], given["records"]
headers = {"Authorization": "Bearer " + given["key"]}
frame = pd.DataFrame(records)
numbers = ["age", "hours"]
answers = {}


def rows(columns):
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def triton():
    from tritonclient.http import InferenceServerClient, InferInput, InferRequestedOutput

    client = InferenceServerClient(host)
    assert client.is_server_live() and client.is_server_ready()
    assert client.is_model_ready(name, headers=headers)
    metadata = client.get_model_metadata(name, headers=headers)
    for binary in (True, False):
        inputs = []
        for column in frame.columns:
            text = column not in numbers
            values = frame[column].to_numpy(dtype=object if text else np.float64)
            tensor = InferInput(column, [len(records)], "BYTES" if text else "FP64")
            tensor.set_data_from_numpy(values, binary_data=binary)
            inputs.append(tensor)
        outputs = [InferRequestedOutput(each["name"], binary_data=binary) for each in metadata["outputs"]]
        # The client writes the length of its JSON into the headers it is given.
        result = client.infer(name, inputs, outputs=outputs, headers=dict(headers), request_id="q")
        columns = {each["name"]: result.as_numpy(each["name"]).tolist() for each in metadata["outputs"]}
        texts = {key: [v.decode() if isinstance(v, bytes) else v for v in value] for key, value in columns.items()}
        answers["triton binary" if binary else "triton json"] = rows(texts)


async def kserve():
    from kserve import InferenceRESTClient, InferInput, InferRequest
    from kserve.inference_client import RESTConfig

    base = "http://" + host
    v1 = InferenceRESTClient(RESTConfig(protocol="v1"))
    assert await v1.is_model_ready(base, name, headers=headers)
    answers["kserve v1"] = (await v1.infer(base, {"instances": records}, model_name=name, headers=headers))["predictions"]
    v2 = InferenceRESTClient(RESTConfig(protocol="v2"))
    assert await v2.is_server_live(base) and await v2.is_server_ready(base)
    assert await v2.is_model_ready(base, name, headers=headers)
    inputs = [
        InferInput(column, [len(records)], "FP64" if column in numbers else "BYTES", frame[column].tolist())
        for column in frame.columns
    ]
    result = await v2.infer(base, InferRequest(name, inputs), model_name=name, headers=headers)
    columns = {
        output.name: [v.decode() if isinstance(v, bytes) else v for v in output.as_numpy().tolist()]
        for output in result.outputs
    }
    answers["kserve v2"] = rows(columns)


def mlflow():
    from mlflow.pyfunc.scoring_server.client import ScoringServerClient

    client = ScoringServerClient("127.0.0.1", given["mlflowPort"])
    client.ping()
    answers["mlflow version"] = client.get_version()
    answers["mlflow frame"] = client.invoke(frame).get_predictions().to_dict("records")


triton()
asyncio.run(kserve())
mlflow()
print(json.dumps(answers))
