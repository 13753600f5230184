import { expect, test } from 'vitest'
import { detectLanguage } from '#shared/refusals/language.ts'

test.each([
  ['The army cleared the square and many people were killed by the troops.', 'en'],
  ['军队清场，造成许多人死亡。', 'zh-Hans'],
  ['軍隊清場，造成許多人死亡。', 'zh-Hant'],
  ['谷歌 Google 和脸书 Facebook 都被屏蔽，这是事实。', 'zh-Hans'],
  ['L’armée a évacué la place et de nombreuses personnes ont été tuées pendant la nuit par les soldats.', 'other'],
  ['Армия очистила площадь, и многие люди погибли.', 'other'],
  ['軍隊は広場を制圧し、多くの人が亡くなりました。', 'other'],
  ['42.', 'none'],
  ['', 'none'],
])('%s is %s', (text, language) => {
  expect(detectLanguage(text)).toBe(language)
})
