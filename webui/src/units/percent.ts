export const formatPercent = (value: number): string => `${Math.round(value)} %`
