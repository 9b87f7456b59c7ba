/** Formats US dollars with two decimals or, below $0.10, with two significant digits: "$1.20", "$0.04", "$0.0063". */
export function formatUsd(usd: number) {
  if (usd === 0 || usd >= 0.1) return `$${usd.toFixed(2)}`;
  return usd < 0.0001 ? "less than $0.0001" : `$${Number(usd.toPrecision(2))}`;
}
