// The gradient of relu as tfjs defines it: dy · step(x), so NaN stays NaN, where TensorFlow's ReluGrad makes it zero.

#include "kernel.h"
#include "parallel.h"

namespace cellar {
namespace {

CELLAR_VECTORS void Backpropagate(const float* dy, const float* x, float* dx, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    const float feature = x[i];
    const float step = feature > 0 ? 1.0f : feature <= 0 ? 0.0f : feature;
    dx[i] = dy[i] * step;
  }
}

void Compute(void*, TF_OpKernelContext* context) {
  const Status status = NewStatus();
  const Tensor dy = Input(context, 0, status);
  const Tensor x = IsOk(status) ? Input(context, 1, status) : nullptr;
  if (IsOk(status) && Shape(dy) != Shape(x))
    TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, "the shapes of dy and x differ");
  const Tensor dx = IsOk(status) ? Output(context, 0, Shape(x), status) : nullptr;
  if (!IsOk(status)) return TF_OpKernelContext_Failure(context, status.get());

  const float* above = Values(dy);
  const float* features = Values(x);
  float* below = Values(dx);
  Parallel(TF_TensorElementCount(x.get()), kGrain, [=](int64_t begin, int64_t end) {
    Backpropagate(above + begin, features + begin, below + begin, end - begin);
  });
}

const Registration registration("CellarReluGrad", {"dy: float", "x: float"}, {"dx: float"}, {}, nullptr,
                                &Compute, nullptr);

}  // namespace
}  // namespace cellar
