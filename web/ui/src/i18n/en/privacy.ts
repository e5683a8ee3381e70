/** English words of what is kept and where. */

export const privacy = {
}
