/**
 * What Python does with `model.keras` in its working folder: Keras's own export, by TensorFlow or tf2onnx. It says what it
 * does in lines on descriptor 3. `safe_mode`: no code of a file is run.
 */
export const convertScript = `
import os, sys
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", KERAS_BACKEND="tensorflow", CUDA_VISIBLE_DEVICES="-1")
def say(stage): os.write(3, (stage + "\\n").encode())
say("loads TensorFlow")
import keras
say("reads the model")
model = keras.models.load_model("model.keras", compile=False, safe_mode=True)
# An export wants a model that was called; with its symbolic inputs nothing is computed.
symbols = [keras.KerasTensor(each.shape, dtype=each.dtype) for each in model.inputs]
model(symbols if len(symbols) > 1 else symbols[0])
if sys.argv[1] == "onnx":
    say("writes ONNX")
    model.export("model.onnx", format="onnx", verbose=False)
else:
    say("writes the SavedModel")
    model.export("saved_model", verbose=False)
`
