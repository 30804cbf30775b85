#ifndef CELLAR_TENSORFLOW_OPS_BIAS_H_
#define CELLAR_TENSORFLOW_OPS_BIAS_H_

#include <cstdint>

namespace cellar {

// Values are taken in blocks of whole rows, so that a loop is long enough for vectors also where a row is short.
inline int64_t BlockOf(int64_t channels) {
  constexpr int64_t kLeast = 64;
  return channels * ((kLeast + channels - 1) / channels);
}

}  // namespace cellar

#endif
