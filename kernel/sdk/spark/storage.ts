const level = (use_disk: boolean, use_memory: boolean, deserialized: boolean, replication = 1) => ({
  use_disk,
  use_memory,
  use_off_heap: false,
  deserialized,
  replication,
})

/** Where Spark keeps what `persist` asks it to. */
export const storageLevels = {
  MEMORY_ONLY: level(false, true, false),
  MEMORY_ONLY_2: level(false, true, false, 2),
  MEMORY_AND_DISK: level(true, true, false),
  MEMORY_AND_DISK_2: level(true, true, false, 2),
  MEMORY_AND_DISK_DESER: level(true, true, true),
  DISK_ONLY: level(true, false, false),
  DISK_ONLY_2: level(true, false, false, 2),
}
export type StorageLevel = keyof typeof storageLevels
