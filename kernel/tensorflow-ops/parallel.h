#ifndef CELLAR_TENSORFLOW_OPS_PARALLEL_H_
#define CELLAR_TENSORFLOW_OPS_PARALLEL_H_

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>

namespace cellar {

// Values for which waking a thread is worth it.
constexpr int64_t kGrain = 1 << 16;

// As many as TensorFlow's own ops use. Its pool cannot be reached through the C API.
inline int64_t MaxThreads() {
  static const int64_t threads = [] {
    const char* asked = std::getenv("TF_NUM_INTRAOP_THREADS");
    const int64_t number = asked ? std::atoll(asked) : 0;
    return number > 0 ? number : std::max<int64_t>(1, std::thread::hardware_concurrency());
  }();
  return threads;
}

// Threads that wait for parts of work. They are never ended: nobody could wait for them while a process exits.
class Pool {
 public:
  // Calls part(i) for 0..count, one of them here. False where the pool works for somebody else: nothing is done.
  bool Run(int64_t count, const std::function<void(int64_t)>& part) {
    const std::unique_lock<std::mutex> alone(running_, std::try_to_lock);
    if (!alone) return false;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      Grow(count - 1);
      part_ = &part;
      next_ = 0;
      count_ = unfinished_ = count;
    }
    begun_.notify_all();
    std::unique_lock<std::mutex> lock(mutex_);
    Work(lock);
    ended_.wait(lock, [this] { return unfinished_ == 0; });
    return true;
  }

 private:
  void Grow(int64_t threads) {
    for (; threads_ < threads; threads_++) {
      try {
        std::thread([this] {
          std::unique_lock<std::mutex> lock(mutex_);
          for (;;) {
            begun_.wait(lock, [this] { return next_ < count_; });
            Work(lock);
          }
        }).detach();
      } catch (const std::system_error&) {
        return;  // No more threads may be started: those that there are do the rest.
      }
    }
  }

  // Takes parts until none is left; the lock is held between them.
  void Work(std::unique_lock<std::mutex>& lock) {
    while (next_ < count_) {
      const int64_t i = next_++;
      const std::function<void(int64_t)>& part = *part_;
      lock.unlock();
      part(i);
      lock.lock();
      if (--unfinished_ == 0) ended_.notify_one();
    }
  }

  std::mutex running_, mutex_;
  std::condition_variable begun_, ended_;
  const std::function<void(int64_t)>* part_ = nullptr;
  int64_t threads_ = 0, next_ = 0, count_ = 0, unfinished_ = 0;
};

inline Pool& ThePool() {
  static Pool* const pool = new Pool;
  return *pool;
}

// Calls work(begin, end) for parts of 0..count. A part has at least `grain`.
template <typename Work>
void Parallel(int64_t count, int64_t grain, const Work& work) {
  const int64_t parts =
      std::max<int64_t>(1, std::min(MaxThreads(), count / std::max<int64_t>(1, grain)));
  const auto part = [&](int64_t i) { work(count * i / parts, count * (i + 1) / parts); };
  if (parts == 1 || !ThePool().Run(parts, part)) work(0, count);
}

}  // namespace cellar

#endif
