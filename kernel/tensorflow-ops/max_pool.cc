// Max pooling over images in NHWC, several channels at once. As TensorFlow's: a NaN is passed over, and where there is
// nothing else the least number is the largest.

#include <limits>

#include "parallel.h"
#include "pool.h"

namespace cellar {
namespace {

// One window, for one channel (float) or several of them (Floats).
template <typename Value>
CELLAR_INLINE void Largest(const float* x, float* y, const Part& part, int64_t row, int64_t stride) {
  Value largest = Value{} + std::numeric_limits<float>::lowest(), value;
  for (int64_t h = part.top; h < part.bottom; h++) {
    for (int64_t w = part.left; w < part.right; w++) {
      Load(value, x + h * row + w * stride);
      largest = largest < value ? value : largest;
    }
  }
  std::memcpy(y, &largest, sizeof largest);
}

template <typename Lanes>
CELLAR_INLINE void PoolLanes(const float* x, float* y, const Images& images, const Window& window) {
  const int64_t stride = images.channels;
  const int64_t row = images.width * stride;
  EachWindow(images, window, [=](const Part& part, int64_t i, int64_t j) __attribute__((always_inline)) {
    float* const largest = y + (i * images.out_width + j) * stride;
    int64_t c = 0;
    for (; c + Lanes::kLanes <= stride; c += Lanes::kLanes)
      Largest<typename Lanes::Floats>(x + c, largest + c, part, row, stride);
    for (; c < stride; c++) Largest<float>(x + c, largest + c, part, row, stride);
  });
}

#ifdef __x86_64__
__attribute__((target("avx2"))) void PoolWide(const float* x, float* y, const Images& images,
                                              const Window& window) {
  PoolLanes<Eight>(x, y, images, window);
}
#endif

void PoolImage(const float* x, float* y, const Images& images, const Window& window) {
#ifdef __x86_64__
  static const bool wide = __builtin_cpu_supports("avx2");
  if (wide) return PoolWide(x, y, images, window);
#endif
  PoolLanes<Four>(x, y, images, window);
}

struct Pool2D {
  Window window;
  int64_t size[2];
};

void* Create(TF_OpKernelConstruction* construction) {
  const Status status = NewStatus();
  Window* const window = static_cast<Window*>(CreateWindow(construction));
  Pool2D* const pool = new Pool2D{*window, {0, 0}};
  DestroyWindow(window);
  TF_OpKernelConstruction_GetAttrInt64List(construction, "size", pool->size, 2, status.get());
  if (!IsOk(status)) TF_OpKernelConstruction_Failure(construction, status.get());
  return pool;
}

void Compute(void* kernel, TF_OpKernelContext* context) {
  const Pool2D& pool = *static_cast<Pool2D*>(kernel);
  const Status status = NewStatus();
  const Tensor x = Input(context, 0, status);
  if (IsOk(status) && TF_NumDims(x.get()) != 4)
    TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, "x is not a batch of images");
  if (!IsOk(status)) return TF_OpKernelContext_Failure(context, status.get());
  const std::vector<int64_t> shape = Shape(x);
  const Images images = {shape[0], shape[1], shape[2], shape[3], pool.size[0], pool.size[1]};
  const Tensor y =
      Output(context, 0, {images.count, images.out_height, images.out_width, images.channels}, status);
  if (!IsOk(status)) return TF_OpKernelContext_Failure(context, status.get());

  const int64_t size = images.height * images.width * images.channels;
  const int64_t out_size = images.out_height * images.out_width * images.channels;
  const float* features = Values(x);
  float* largest = Values(y);
  Parallel(images.count, kGrain / std::max<int64_t>(1, size), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++)
      PoolImage(features + i * size, largest + i * out_size, images, pool.window);
  });
}

void Destroy(void* kernel) { delete static_cast<Pool2D*>(kernel); }

const Registration registration("CellarMaxPool", {"x: float"}, {"y: float"},
                                {"window: list(int)", "strides: list(int)", "padding: list(int)", "size: list(int)"},
                                &Create, &Compute, &Destroy);

}  // namespace
}  // namespace cellar
