/** Compliance findings by rule: the same advice is given once, with every place it is about. Pure. */

import type { ComplianceFinding } from '../wire/types'

export interface RuleGroup {
  rule: string
  severity: ComplianceFinding['severity']
  /** The first: all of a group have its reason and rewrite. */
  first: ComplianceFinding
  findings: ComplianceFinding[]
  /** Different words, in the order in which they were said; not those that are all of their quote. */
  terms: string[]
}

function keyOf(finding: ComplianceFinding): string {
  return [finding.severity, finding.rule, finding.rewrite].join('\u0000')
}

function termsOf(finding: ComplianceFinding): string[] {
  return ['', finding.evidence.quote.trim()].includes(finding.term.trim()) ? [] : [finding.term]
}

export function ruleGroups(findings: readonly ComplianceFinding[]): RuleGroup[] {
  const groups = new Map<string, RuleGroup>()
  for (const finding of findings) {
    const group = groups.get(keyOf(finding))
    if (!group) {
      const { rule, severity } = finding
      groups.set(keyOf(finding), { rule, severity, first: finding, findings: [finding], terms: termsOf(finding) })
      continue
    }
    group.findings.push(finding)
    const known = new Set(group.terms.map((term) => term.toLowerCase()))
    group.terms.push(...termsOf(finding).filter((term) => !known.has(term.toLowerCase())))
  }
  return [...groups.values()]
}

/** What stops a pass by itself, then the rest. */
export function bySeverity(findings: readonly ComplianceFinding[]): { blockers: RuleGroup[]; warnings: RuleGroup[] } {
  return {
    blockers: ruleGroups(findings.filter((finding) => finding.severity === 'H')),
    warnings: ruleGroups(findings.filter((finding) => finding.severity !== 'H')),
  }
}
