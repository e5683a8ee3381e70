/** Chinese words of the scenario editor. */

export const editor = {
}
