/** English words of sharing and review. */

export const review = {
}
