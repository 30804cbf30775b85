// The product of two small matrices, on the thread that asks for it. TensorFlow's BatchMatMul hands even the smallest to
// other threads, which takes longer than the product. Its MatMul does not, but is not safe in a process like ours: the
// code that oneDNN makes for middling sizes lets the stack pointer point into the heap, and a signal that comes then
// (of a child that ends, of a profiler) overwrites what is there.

#include <algorithm>
#include <cstring>

#include "kernel.h"

namespace cellar {
namespace {

typedef float Floats __attribute__((vector_size(32)));
constexpr int64_t kColumns = 8, kRows = 4;

// `panels`: b, eight columns after eight, the last filled up with zeros.
CELLAR_INLINE void MultiplyPanels(const float* a, const float* panels, float* c, int64_t m, int64_t k,
                                  int64_t n) {
  for (int64_t j = 0; j < n; j += kColumns, panels += k * kColumns) {
    const int64_t columns = std::min(kColumns, n - j);
    for (int64_t i = 0; i < m; i += kRows) {
      // Rows that are too many are computed again and not kept.
      const float* rows[kRows];
      for (int64_t r = 0; r < kRows; r++) rows[r] = a + std::min(i + r, m - 1) * k;
      Floats sums[kRows] = {};
      for (int64_t p = 0; p < k; p++) {
        Floats values;
        std::memcpy(&values, panels + p * kColumns, sizeof values);
        for (int64_t r = 0; r < kRows; r++) sums[r] += rows[r][p] * values;
      }
      for (int64_t r = 0; r < kRows && i + r < m; r++)
        std::memcpy(c + (i + r) * n + j, &sums[r], columns * sizeof(float));
    }
  }
}

#ifdef __x86_64__
__attribute__((target("avx2,fma"))) void MultiplyWide(const float* a, const float* panels, float* c, int64_t m,
                                                      int64_t k, int64_t n) {
  MultiplyPanels(a, panels, c, m, k, n);
}
#endif

void Multiply(const float* a, const float* panels, float* c, int64_t m, int64_t k, int64_t n) {
#ifdef __x86_64__
  static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (wide) return MultiplyWide(a, panels, c, m, k, n);
#endif
  MultiplyPanels(a, panels, c, m, k, n);
}

// From b as it is, or turned: `row` and `column` are how far one is from the next.
std::vector<float> Panels(const float* b, int64_t k, int64_t n, int64_t row, int64_t column) {
  std::vector<float> panels(k * kColumns * ((n + kColumns - 1) / kColumns));
  for (int64_t j = 0; j < n; j++)
    for (int64_t p = 0; p < k; p++)
      panels[(j / kColumns * k + p) * kColumns + j % kColumns] = b[p * row + j * column];
  return panels;
}

std::vector<float> Transposed(const float* from, int64_t rows, int64_t columns) {
  std::vector<float> to(rows * columns);
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = 0; j < columns; j++) to[j * rows + i] = from[i * columns + j];
  return to;
}

struct Transposes {
  unsigned char a = 0, b = 0;
};

void* Create(TF_OpKernelConstruction* construction) {
  Transposes* const transposes = new Transposes;
  const Status status = NewStatus();
  TF_OpKernelConstruction_GetAttrBool(construction, "transpose_a", &transposes->a, status.get());
  if (IsOk(status))
    TF_OpKernelConstruction_GetAttrBool(construction, "transpose_b", &transposes->b, status.get());
  if (!IsOk(status)) TF_OpKernelConstruction_Failure(construction, status.get());
  return transposes;
}

void Compute(void* kernel, TF_OpKernelContext* context) {
  const Transposes transposes = *static_cast<Transposes*>(kernel);
  const Status status = NewStatus();
  const Tensor a = Input(context, 0, status);
  const Tensor b = IsOk(status) ? Input(context, 1, status) : nullptr;
  std::vector<int64_t> left, right;
  if (IsOk(status)) {
    left = Shape(a);
    right = Shape(b);
    if (transposes.a) std::reverse(left.begin(), left.end());
    if (transposes.b) std::reverse(right.begin(), right.end());
    if (left.size() != 2 || right.size() != 2 || left[1] != right[0])
      TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, "the matrices do not fit each other");
  }
  const Tensor c = IsOk(status) ? Output(context, 0, {left[0], right[1]}, status) : nullptr;
  if (!IsOk(status)) return TF_OpKernelContext_Failure(context, status.get());

  const int64_t m = left[0], k = left[1], n = right[1];
  std::vector<float> turned;
  if (transposes.a) turned = Transposed(Values(a), k, m);
  const std::vector<float> panels =
      transposes.b ? Panels(Values(b), k, n, 1, k) : Panels(Values(b), k, n, n, 1);
  Multiply(transposes.a ? turned.data() : Values(a), panels.data(), Values(c), m, k, n);
}

void Destroy(void* kernel) { delete static_cast<Transposes*>(kernel); }

const Registration registration("CellarSmallProduct", {"a: float", "b: float"}, {"c: float"},
                                {"transpose_a: bool", "transpose_b: bool"}, &Create, &Compute, &Destroy);

}  // namespace
}  // namespace cellar
