/** Chinese words of the history and comparison. */

export const history = {
}
