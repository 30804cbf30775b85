// The gradient of max pooling over images in NHWC. TensorFlow's MaxPoolGrad looks for the maximum of each window value
// by value through 64-bit indices, and takes half of the time in which a small net trains; this looks channels at once.
// Of equal values the first in reading order has the gradient, as there; a NaN has it only where it stands first.

#include "parallel.h"
#include "pool.h"

namespace cellar {
namespace {

// One window of one image, for one channel (float, int32_t) or several of them (Floats, Places).
// `covers`: each value is in one window.
template <typename Value, typename Place>
CELLAR_INLINE void Backpropagate(const float* x, const float* dy, float* dx, const Part& part, int64_t row,
                          int64_t stride, bool covers) {
  const auto at = [=](auto* image, int64_t h, int64_t w) { return image + h * row + w * stride; };
  Value largest, value;
  Load(largest, at(x, part.top, part.left));
  Place place = {}, here = {};
  for (int64_t h = part.top; h < part.bottom; h++) {
    for (int64_t w = part.left; w < part.right; w++, here += 1) {
      Load(value, at(x, h, w));
      const auto larger = largest < value;
      largest = larger ? value : largest;
      place = larger ? here : place;
    }
  }
  Value gradient, before;
  const Value none = {};
  Load(gradient, dy);
  here = Place{};
  for (int64_t h = part.top; h < part.bottom; h++) {
    for (int64_t w = part.left; w < part.right; w++, here += 1) {
      float* const below = at(dx, h, w);
      Value given = place == here ? gradient : none;
      if (!covers) {
        Load(before, below);
        given = before + given;
      }
      std::memcpy(below, &given, sizeof given);
    }
  }
}

template <typename Lanes>
CELLAR_INLINE void BackpropagateLanes(const float* x, const float* dy, float* dx, const Images& images,
                                      const Window& window, bool covers) {
  const int64_t stride = images.channels;
  const int64_t row = images.width * stride;
  if (!covers) std::memset(dx, 0, images.height * row * sizeof(float));
  EachWindow(images, window, [=](const Part& part, int64_t i, int64_t j) __attribute__((always_inline)) {
    const float* gradient = dy + (i * images.out_width + j) * stride;
    int64_t c = 0;
    for (; c + Lanes::kLanes <= stride; c += Lanes::kLanes)
      Backpropagate<typename Lanes::Floats, typename Lanes::Places>(x + c, gradient + c, dx + c, part, row, stride,
                                                                    covers);
    for (; c < stride; c++)
      Backpropagate<float, int32_t>(x + c, gradient + c, dx + c, part, row, stride, covers);
  });
}

#ifdef __x86_64__
__attribute__((target("avx2"))) void BackpropagateWide(const float* x, const float* dy, float* dx,
                                                       const Images& images, const Window& window,
                                                       bool covers) {
  BackpropagateLanes<Eight>(x, dy, dx, images, window, covers);
}
#endif

void BackpropagateImage(const float* x, const float* dy, float* dx, const Images& images,
                        const Window& window, bool covers) {
#ifdef __x86_64__
  static const bool wide = __builtin_cpu_supports("avx2");
  if (wide) return BackpropagateWide(x, dy, dx, images, window, covers);
#endif
  BackpropagateLanes<Four>(x, dy, dx, images, window, covers);
}

void Compute(void* kernel, TF_OpKernelContext* context) {
  const Window& window = *static_cast<Window*>(kernel);
  const Status status = NewStatus();
  const Tensor dy = Input(context, 0, status);
  const Tensor x = IsOk(status) ? Input(context, 1, status) : nullptr;
  if (IsOk(status)) {
    const std::vector<int64_t> above = Shape(dy), shape = Shape(x);
    if (above.size() != 4 || shape.size() != 4 || above[0] != shape[0] || above[3] != shape[3])
      TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, "dy and x are not images of one batch");
  }
  const Tensor dx = IsOk(status) ? Output(context, 0, Shape(x), status) : nullptr;
  if (!IsOk(status)) return TF_OpKernelContext_Failure(context, status.get());

  const std::vector<int64_t> above = Shape(dy), shape = Shape(x);
  const Images images = {shape[0], shape[1], shape[2], shape[3], above[1], above[2]};
  const auto covers = [&](int side, int64_t in, int64_t out) {
    return window.strides[side] == window.size[side] && window.padding[side] == 0 &&
           in == out * window.size[side];
  };
  const bool all = covers(0, images.height, images.out_height) && covers(1, images.width, images.out_width);
  const int64_t size = images.height * images.width * images.channels;
  const int64_t out_size = images.out_height * images.out_width * images.channels;
  const float* features = Values(x);
  const float* gradients = Values(dy);
  float* below = Values(dx);
  Parallel(images.count, kGrain / std::max<int64_t>(1, size), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++)
      BackpropagateImage(features + i * size, gradients + i * out_size, below + i * size, images, window, all);
  });
}

const Registration registration("CellarMaxPoolGrad", {"dy: float", "x: float"}, {"dx: float"},
                                {"window: list(int)", "strides: list(int)", "padding: list(int)"}, &CreateWindow,
                                &Compute, &DestroyWindow);

}  // namespace
}  // namespace cellar
