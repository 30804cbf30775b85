// The gradients of y = relu(x + bias): of x, dy · step(y), and of the bias, its sum over all rows, in one pass.

#include <mutex>

#include "bias.h"
#include "kernel.h"
#include "parallel.h"

namespace cellar {
namespace {

// Sums of so many blocks are added as floats: more would lose what is small.
constexpr int64_t kBlocks = 64;

// `sums`: one for each place of a block.
CELLAR_VECTORS void Backpropagate(const float* dy, const float* y, float* dx, int64_t count, float* sums,
                                  int64_t block) {
  for (; count > 0; count -= block, dy += block, y += block, dx += block) {
    const int64_t size = count < block ? count : block;
    for (int64_t i = 0; i < size; i++) {
      const float feature = y[i];
      const float step = feature > 0 ? 1.0f : feature <= 0 ? 0.0f : feature;
      const float gradient = dy[i] * step;
      dx[i] = gradient;
      sums[i] += gradient;
    }
  }
}

void Compute(void*, TF_OpKernelContext* context) {
  const Status status = NewStatus();
  const Tensor dy = Input(context, 0, status);
  const Tensor y = IsOk(status) ? Input(context, 1, status) : nullptr;
  if (IsOk(status) && (Shape(dy) != Shape(y) || Shape(y).empty()))
    TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, "the shapes of dy and y differ, or have no channels");
  const int64_t channels = IsOk(status) ? Shape(y).back() : 0;
  const Tensor dx = IsOk(status) ? Output(context, 0, Shape(y), status) : nullptr;
  const Tensor dbias = IsOk(status) ? Output(context, 1, {channels}, status) : nullptr;
  if (!IsOk(status)) return TF_OpKernelContext_Failure(context, status.get());

  std::vector<double> totals(channels);
  std::mutex mutex;
  const int64_t count = TF_TensorElementCount(y.get());
  const float* above = Values(dy);
  const float* features = Values(y);
  float* below = Values(dx);
  if (count > 0) {
    Parallel(count / channels, kGrain / channels, [&](int64_t first, int64_t last) {
      const int64_t block = BlockOf(channels);
      std::vector<float> sums(block);
      std::vector<double> part(channels);
      const int64_t end = last * channels;
      for (int64_t begin = first * channels; begin < end; begin += kBlocks * block) {
        const int64_t size = std::min(kBlocks * block, end - begin);
        std::fill(sums.begin(), sums.end(), 0.0f);
        Backpropagate(above + begin, features + begin, below + begin, size, sums.data(), block);
        for (int64_t i = 0; i < block; i++) part[i % channels] += sums[i];
      }
      const std::lock_guard<std::mutex> lock(mutex);
      for (int64_t i = 0; i < channels; i++) totals[i] += part[i];
    });
  }
  for (int64_t i = 0; i < channels; i++) Values(dbias)[i] = static_cast<float>(totals[i]);
}

const Registration registration("CellarBiasReluGrad", {"dy: float", "y: float"}, {"dx: float", "dbias: float"},
                                {}, nullptr, &Compute, nullptr);

}  // namespace
}  // namespace cellar
