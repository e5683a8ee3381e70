/** Numbers, money and times as people of each language write them. */

import { language, localeTag } from './index'

/** 75.4 → "1:15", 3725 → "1:02:05". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`
}

/** 75.4 → "PT75S", the machine-readable length for `<time>`. */
export function isoDuration(seconds: number): string {
  return `PT${Math.max(0, Math.round(seconds))}S`
}

/** "$29", "$12.50", "¥39.9": English writes cents with both digits or not at all, Chinese none that is nought. */
export function money(amount: number, currency: string): string {
  const digits = language.value === 'zh' || Number.isInteger(amount) ? 0 : 2
  const options: Intl.NumberFormatOptions = { currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: digits }
  try {
    return new Intl.NumberFormat(localeTag.value, { style: 'currency', ...options }).format(amount)
  } catch {
    return `${amount} ${currency}`
  }
}

export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(localeTag.value, { maximumFractionDigits: digits }).format(value)
}

/** Points of a score, rounded as the server's sentences round them: a half to the even number. */
export function points(value: number): string {
  const floor = Math.floor(value)
  const isHalf = value - floor === 0.5
  return number(isHalf ? floor + (floor % 2) : Math.round(value))
}

export function count(value: number): string {
  return new Intl.NumberFormat(localeTag.value, { notation: value >= 10_000 ? 'compact' : 'standard' }).format(value)
}

/** "22 Nov, 16:03" in the reader's own time zone. */
export function moment(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  return new Intl.DateTimeFormat(localeTag.value, { dateStyle: 'medium', timeStyle: 'short' }).format(date)
}

/** "22 Nov" in the reader's own time zone; with the year where it is not this one. */
export function day(iso: string): string {
  // A date without a time is that day everywhere; by itself it would be read as midnight in Greenwich.
  const date = new Date(iso.length === 10 ? `${iso}T00:00` : iso)
  if (Number.isNaN(date.getTime())) return iso
  const year = date.getFullYear() === new Date().getFullYear() ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(localeTag.value, { month: 'short', day: 'numeric', ...year }).format(date)
}

/** "3.4 MB", "0 bytes": only the long form of a byte has a plural. */
export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3))
  const amount = value / 1000 ** step
  const digits = amount >= 10 || step === 0 ? 0 : 1
  return new Intl.NumberFormat(localeTag.value, {
    style: 'unit',
    unit: units[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(amount)
}

/** "+6", "−2", "0": with a real minus sign. */
export function signed(value: number): string {
  return new Intl.NumberFormat(localeTag.value, { signDisplay: 'exceptZero', maximumFractionDigits: 0 })
    .format(value)
    .replace('-', '−')
}
