// Runs in the room's page: notes how loud the viewers are every 20 ms and when each record came, on one clock.
async (rehearsal) => {
  const audio = document.querySelector('[data-testid="viewer-audio"]')
  while (!audio.srcObject) await new Promise((resolve) => setTimeout(resolve, 50))
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 1024 })
  context.createMediaStreamSource(audio.srcObject).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const probe = { levels: [], records: [], problem: null }
  window.probe = probe
  setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
    probe.levels.push([performance.now(), Math.sqrt(power)])
  }, 20)
  const follow = async () => {
    for (let next = 0; ; ) {
      const answer = await fetch(`/api/rehearsals/${rehearsal}/records?since=${next}&wait=1`)
      const { records, closed } = await answer.json()
      const at = performance.now()
      for (const record of records) probe.records.push([at, record])
      next += records.length
      if (closed) return
    }
  }
  follow().catch((error) => { probe.problem = String(error) })
}
