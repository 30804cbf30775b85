import { expect, test } from 'vitest'
import { withoutSmallTalk } from '../../../kernel/host/small-talk'

const absl = 'WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n'
const oneDnn =
  'I0000 00:00:1795263223.983266    4158 port.cc:153] oneDNN custom operations are on. You may see …\n'

test.each([
  ["TensorFlow's greeting", absl + oneDnn, ''],
  ['a half of it', oneDnn, ''],
  ['a greeting between other words', `one\n${absl}tw\xf6\n${oneDnn}three`, 'one\ntw\xf6\nthree'],
  ['the farewell of a debugger', 'Waiting for the debugger to disconnect...\n', ''],
  [
    'a warning',
    'W0000 00:00:1795263223.98 4158 gpu.cc:1] no GPU\n',
    'W0000 00:00:1795263223.98 4158 gpu.cc:1] no GPU\n',
  ],
  ['a person who quotes it', `he said ${absl}`, `he said ${absl}`],
])('of %s a cell shows what is not small talk', (_, said, shown) => {
  expect(withoutSmallTalk(Buffer.from(said)).toString()).toBe(shown)
})
