// Adds a bias to the rows of x and applies relu, in place: x is what a product has just given and nobody else holds.
// TensorFlow's ops would each write another tensor, since the one who calls them still has a handle of their input.

#include "bias.h"
#include "kernel.h"
#include "parallel.h"

namespace cellar {
namespace {

CELLAR_VECTORS void Add(float* x, int64_t count, const float* bias, int64_t block) {
  for (; count > 0; count -= block, x += block) {
    const int64_t size = count < block ? count : block;
    for (int64_t i = 0; i < size; i++) x[i] += bias[i];
  }
}

// A NaN stays one.
CELLAR_VECTORS void AddRelu(float* x, int64_t count, const float* bias, int64_t block) {
  for (; count > 0; count -= block, x += block) {
    const int64_t size = count < block ? count : block;
    for (int64_t i = 0; i < size; i++) {
      const float value = x[i] + bias[i];
      x[i] = value <= 0 ? 0.0f : value;
    }
  }
}

void* Create(TF_OpKernelConstruction* construction) {
  const Status status = NewStatus();
  unsigned char* relu = new unsigned char(0);
  TF_OpKernelConstruction_GetAttrBool(construction, "relu", relu, status.get());
  if (!IsOk(status)) TF_OpKernelConstruction_Failure(construction, status.get());
  return relu;
}

void Compute(void* kernel, TF_OpKernelContext* context) {
  const Status status = NewStatus();
  const Tensor x = Input(context, 0, status);
  const Tensor bias = IsOk(status) ? Input(context, 1, status) : nullptr;
  const int64_t channels = IsOk(status) ? TF_TensorElementCount(bias.get()) : 0;
  if (IsOk(status)) {
    const std::vector<int64_t> shape = Shape(x);
    if (shape.empty() || shape.back() != channels)
      TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, "the bias has not one value for each channel of x");
  }
  if (IsOk(status)) TF_SetOutput(context, 0, x.get(), status.get());
  if (!IsOk(status)) return TF_OpKernelContext_Failure(context, status.get());
  const int64_t count = TF_TensorElementCount(x.get());
  if (count == 0) return;

  const int64_t block = BlockOf(channels);
  std::vector<float> blocks(block);
  for (int64_t i = 0; i < block; i++) blocks[i] = Values(bias)[i % channels];
  float* const values = Values(x);
  const bool relu = *static_cast<unsigned char*>(kernel);
  Parallel(count / channels, kGrain / channels, [&](int64_t begin, int64_t end) {
    (relu ? AddRelu : Add)(values + begin * channels, (end - begin) * channels, blocks.data(), block);
  });
}

void Destroy(void* kernel) { delete static_cast<unsigned char*>(kernel); }

const Registration registration("CellarBiasAdd", {"x: float", "bias: float"}, {"y: float"}, {"relu: bool"},
                                &Create, &Compute, &Destroy);

}  // namespace
}  // namespace cellar
