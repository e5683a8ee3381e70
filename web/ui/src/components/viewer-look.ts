/** First character of a name, as people see it. */
export function initialOf(name: string): string {
  return (Array.from(name)[0] ?? '?').toUpperCase()
}
