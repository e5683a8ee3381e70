/** 32 random hexadecimal digits; `crypto.randomUUID` would need a secure origin, which a room in the house network is not. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
