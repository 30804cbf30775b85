#ifndef CELLAR_TENSORFLOW_OPS_KERNEL_H_
#define CELLAR_TENSORFLOW_OPS_KERNEL_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

// A loop that is compiled twice, for processors with AVX2 and for all: which one it is shows when the binding is loaded.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#define CELLAR_VECTORS __attribute__((target_clones("avx2", "default")))
#else
#define CELLAR_VECTORS
#endif

// What is compiled for the processor of the function that it is part of.
#define CELLAR_INLINE inline __attribute__((always_inline))

namespace cellar {

struct Delete {
  void operator()(TF_Status* status) const { TF_DeleteStatus(status); }
  void operator()(TF_Tensor* tensor) const { TF_DeleteTensor(tensor); }
};
using Status = std::unique_ptr<TF_Status, Delete>;
using Tensor = std::unique_ptr<TF_Tensor, Delete>;

inline Status NewStatus() { return Status(TF_NewStatus()); }
inline bool IsOk(const Status& status) { return TF_GetCode(status.get()) == TF_OK; }

inline Tensor Input(TF_OpKernelContext* context, int index, const Status& status) {
  TF_Tensor* tensor = nullptr;
  TF_GetInput(context, index, &tensor, status.get());
  return Tensor(tensor);
}

inline std::vector<int64_t> Shape(const Tensor& tensor) {
  std::vector<int64_t> shape(TF_NumDims(tensor.get()));
  for (size_t i = 0; i < shape.size(); i++) shape[i] = TF_Dim(tensor.get(), i);
  return shape;
}

inline float* Values(const Tensor& tensor) { return static_cast<float*>(TF_TensorData(tensor.get())); }

inline Tensor Output(TF_OpKernelContext* context, int index, const std::vector<int64_t>& shape,
                     const Status& status) {
  int64_t bytes = sizeof(float);
  for (int64_t size : shape) bytes *= size;
  return Tensor(
      TF_AllocateOutput(context, index, TF_FLOAT, shape.data(), shape.size(), bytes, status.get()));
}

inline void UnknownShape(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

// An op for the CPU, there from when the binding is loaded. TensorFlow takes the builders.
struct Registration {
  Registration(const char* name, std::initializer_list<const char*> inputs,
               std::initializer_list<const char*> outputs, std::initializer_list<const char*> attributes,
               void* (*create)(TF_OpKernelConstruction*),
               void (*compute)(void*, TF_OpKernelContext*), void (*destroy)(void*)) {
    const Status status = NewStatus();
    TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(name);
    for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(definition, input);
    for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
    for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
    TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, &UnknownShape);
    TF_RegisterOpDefinition(definition, status.get());
    if (!IsOk(status)) return;
    TF_KernelBuilder* kernel = TF_NewKernelBuilder(name, "CPU", create, compute, destroy);
    TF_RegisterKernelBuilder(name, kernel, status.get());
  }
};

}  // namespace cellar

#endif
