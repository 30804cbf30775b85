#ifndef CELLAR_TENSORFLOW_OPS_PARALLEL_H_
#define CELLAR_TENSORFLOW_OPS_PARALLEL_H_

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <system_error>
#include <thread>
#include <vector>

namespace cellar {

// As many as TensorFlow's own ops use. Its pool cannot be reached through the C API.
inline int64_t MaxThreads() {
  static const int64_t threads = [] {
    const char* asked = std::getenv("TF_NUM_INTRAOP_THREADS");
    const int64_t number = asked ? std::atoll(asked) : 0;
    return number > 0 ? number : std::max<int64_t>(1, std::thread::hardware_concurrency());
  }();
  return threads;
}

// Calls work(begin, end) for parts of 0..count. A part has at least `grain`, for which a thread is worth its start.
template <typename Work>
void Parallel(int64_t count, int64_t grain, const Work& work) {
  const int64_t parts =
      std::max<int64_t>(1, std::min(MaxThreads(), count / std::max<int64_t>(1, grain)));
  std::vector<std::thread> threads;
  int64_t begin = 0;
  for (int64_t part = 1; part < parts; part++) {
    const int64_t end = count * part / parts;
    try {
      threads.emplace_back([&work, begin, end] { work(begin, end); });
    } catch (const std::system_error&) {
      break;  // No more threads may be started: the rest is done here.
    }
    begin = end;
  }
  work(begin, count);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace cellar

#endif
