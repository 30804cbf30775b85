"""Loads a zipped SavedModel with TensorFlow; prints its predictions."""
import json
import os
import sys
import tempfile
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf

given = json.loads(sys.argv[1])
folder = tempfile.mkdtemp()
zipfile.ZipFile(given["file"]).extractall(folder)
model = tf.saved_model.load(os.path.join(folder, "saved_model"))
print(json.dumps({"saved_model": model.serve(np.array(given["input"], dtype="float32")).numpy().tolist()}))
