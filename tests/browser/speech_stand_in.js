// Stands in for the browser's speech recognition: understands the same sentence again and again, word by word.
// What it was asked for lies in `window.speechRuns`.
(() => {
  const WORDS = ['这件衬衫', '透气不闷', '今天只要', '89元']
  const STEP_MS = 350
  window.speechRuns = []
  window.SpeechRecognition = class {
    start() {
      const run = { lang: this.lang, isStopped: false }
      window.speechRuns.push(run)
      const results = []
      let step = 0
      this.timer = setInterval(() => {
        const count = (step % WORDS.length) + 1
        const index = Math.floor(step / WORDS.length)
        results[index] = { isFinal: count === WORDS.length, 0: { transcript: WORDS.slice(0, count).join('') } }
        step += 1
        this.onresult?.({ resultIndex: index, results })
      }, STEP_MS)
      this.run = run
    }
    abort() {
      clearInterval(this.timer)
      this.run.isStopped = true
      this.onend?.()
    }
  }
})()
