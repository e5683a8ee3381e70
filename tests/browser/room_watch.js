// Runs before the page: remembers what it opens, so that a test can look at it, or take it away.
window.watched = { connections: [], microphones: [], cameras: [], offers: [], listeners: 0 }
{
  const Native = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Native {
    constructor(...given) {
      super(...given)
      watched.connections.push(this)
    }
    async setLocalDescription(...given) {
      await super.setLocalDescription(...given)
      watched.offers.push(this.localDescription.sdp)
    }
  }
  const devices = navigator.mediaDevices
  if (devices?.getUserMedia) {
    const open = devices.getUserMedia.bind(devices)
    devices.getUserMedia = async (wanted) => {
      const stream = await open(wanted)
      watched.microphones.push(...stream.getAudioTracks())
      watched.cameras.push(...stream.getVideoTracks())
      return stream
    }
  }
}
