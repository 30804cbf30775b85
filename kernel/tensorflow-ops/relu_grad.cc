// The gradient of relu as tfjs defines it: dy · step(x), so NaN stays NaN, where TensorFlow's ReluGrad makes it zero.

#include "kernel.h"
#include "parallel.h"

namespace cellar {
namespace {

void Compute(void*, TF_OpKernelContext* context) {
  const Status status = NewStatus();
  const Tensor dy = Input(context, 0, status);
  const Tensor x = IsOk(status) ? Input(context, 1, status) : nullptr;
  if (IsOk(status) && Shape(dy) != Shape(x))
    TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, "the shapes of dy and x differ");
  const Tensor dx = IsOk(status) ? Output(context, Shape(x), status) : nullptr;
  if (!IsOk(status)) return TF_OpKernelContext_Failure(context, status.get());

  const float* above = Values(dy);
  const float* features = Values(x);
  float* below = Values(dx);
  Parallel(TF_TensorElementCount(x.get()), 1 << 20, [=](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const float feature = features[i];
      const float step = feature > 0 ? 1.0f : feature <= 0 ? 0.0f : feature;
      below[i] = above[i] * step;
    }
  });
}

const Registration registration("CellarReluGrad", {"dy: float", "x: float"}, "dx: float", {}, nullptr,
                                &Compute, nullptr);

}  // namespace
}  // namespace cellar
