#ifndef CELLAR_TENSORFLOW_OPS_POOL_H_
#define CELLAR_TENSORFLOW_OPS_POOL_H_

#include <algorithm>
#include <cstring>

#include "kernel.h"

namespace cellar {

struct Window {
  int64_t size[2];
  int64_t strides[2];
  int64_t padding[2];  // above and left
};

struct Images {
  int64_t count, height, width, channels;
  int64_t out_height, out_width;
};

// Several channels at once: compilers do not see by themselves that these loops may be taken so.
struct Four {
  typedef float Floats __attribute__((vector_size(16)));
  typedef int32_t Places __attribute__((vector_size(16)));
  static constexpr int64_t kLanes = 4;
};
struct Eight {
  typedef float Floats __attribute__((vector_size(32)));
  typedef int32_t Places __attribute__((vector_size(32)));
  static constexpr int64_t kLanes = 8;
};

// Channels begin anywhere: nothing is aligned.
template <typename Value>
CELLAR_INLINE void Load(Value& value, const float* from) {
  std::memcpy(&value, from, sizeof value);
}

// The part of an image that one window is over.
struct Part {
  int64_t top, bottom, left, right;
};

// Calls visit(part, i, j) for each window that is over an image.
template <typename Visit>
CELLAR_INLINE void EachWindow(const Images& images, const Window& window, const Visit& visit) {
  for (int64_t i = 0; i < images.out_height; i++) {
    const int64_t above = i * window.strides[0] - window.padding[0];
    const int64_t top = std::max<int64_t>(0, above);
    const int64_t bottom = std::min(images.height, above + window.size[0]);
    for (int64_t j = 0; j < images.out_width; j++) {
      const int64_t before = j * window.strides[1] - window.padding[1];
      const int64_t left = std::max<int64_t>(0, before);
      const int64_t right = std::min(images.width, before + window.size[1]);
      if (top < bottom && left < right) visit(Part{top, bottom, left, right}, i, j);
    }
  }
}

inline void* CreateWindow(TF_OpKernelConstruction* construction) {
  Window* window = new Window;
  const Status status = NewStatus();
  TF_OpKernelConstruction_GetAttrInt64List(construction, "window", window->size, 2, status.get());
  if (IsOk(status))
    TF_OpKernelConstruction_GetAttrInt64List(construction, "strides", window->strides, 2, status.get());
  if (IsOk(status))
    TF_OpKernelConstruction_GetAttrInt64List(construction, "padding", window->padding, 2, status.get());
  if (!IsOk(status)) TF_OpKernelConstruction_Failure(construction, status.get());
  return window;
}

inline void DestroyWindow(void* kernel) { delete static_cast<Window*>(kernel); }

}  // namespace cellar

#endif
