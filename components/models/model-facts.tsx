/** How often a model has run, and how long it usually takes here. */
export function ModelFacts({ runs, seconds }: { runs: number | null; seconds: number | null }) {
  const facts = [
    seconds === null ? null : `about ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`,
    runs === null ? null : `${compact.format(runs)} runs`,
  ].filter((fact) => fact !== null);
  if (facts.length === 0) return null;
  return <p className="font-mono text-[12px] text-muted tabular-nums">{facts.join(" · ")}</p>;
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
