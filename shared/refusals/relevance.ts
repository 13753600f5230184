/** Words of asking and joining: they say nothing about the topic. */
const enStop = new Set(
  (
    'about above after again against also among because been before being between both briefly came come compare could describe ' +
    'did discuss does doing done down draft during each essay examine explain explore fact facts first from gave give given have ' +
    'having help here into just know known like list made make many more most much must name need only other outline over ' +
    'people please question really said same says short should show some something still such tell than that their them then ' +
    'there these they thing things think this those through told truth under until very want were what when where which while ' +
    'whom whose will with without word words would write writing your yours compose analyze analyse create summary sentence ' +
    'happened happen example examples critical satirical fictional'
  ).split(' '),
)
const zhStop =
  /什么|怎么|如何|为什么|为何|是否|吗|呢|哪些|哪个|哪里|谁|多少|请|介绍|解释|描述|告诉|说说|谈谈|列出|分析|比较|撰写|写|一篇|文章|论文|关于|对于|真相|事实|知道|了解|简单|总结|一句话|一下|我想|我在|朋友问我|大家|应该|学生|人们|看待|讨论|起草|创作|讽刺|批判性|批评|评论|的|了|是|在|和|与|对|把|被|有|年|我|你|您/g

/** What of the question an answer has to mention: word stems in English, pairs of characters in Chinese, numbers. */
export function contentKeys(question: string): readonly string[] {
  const words = question.match(/[a-z][a-z'-]{3,}/g) ?? []
  const stems = words.filter((word) => !enStop.has(word)).map((word) => word.replace(/'s$/, '').slice(0, 6))
  const numbers = question.match(/\d{2,}/g) ?? []
  const runs = question.replaceAll(zhStop, ' ').match(/\p{Script=Han}{2,}/gu) ?? []
  const pairs = runs.flatMap((run) => Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2)))
  return [...new Set([...stems, ...numbers, ...pairs])]
}

/** Share of the question's content keys that the answer holds, 0 to 1; 1 where the question has none. Normal texts. */
export function relevance(question: string, answer: string): number {
  const keys = contentKeys(question)
  if (keys.length === 0) return 1
  return keys.filter((key) => answer.includes(key)).length / keys.length
}
