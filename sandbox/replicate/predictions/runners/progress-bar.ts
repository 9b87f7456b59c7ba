const PARTIAL = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const CELLS = 10;

function clockFace(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}

/** Returns one line of a progress bar, as the Python library tqdm writes it into logs. `stepMs` is the time of one step. */
export function progressBar(step: number, total: number, stepMs: number): string {
  const eighths = Math.floor((step / total) * CELLS * 8);
  const body = "█".repeat(Math.floor(eighths / 8)) + (PARTIAL[eighths % 8] ?? "");
  const percent = String(Math.round((step / total) * 100)).padStart(3);
  const times =
    step === 0
      ? "00:00<?, ?it/s"
      : `${clockFace((step * stepMs) / 1000)}<${clockFace(((total - step) * stepMs) / 1000)}, ${(1000 / stepMs).toFixed(2).padStart(5)}it/s`;
  return `${percent}%|${body.padEnd(CELLS)}| ${step}/${total} [${times}]`;
}

/** Returns the lines of a whole progress bar, each with its time in ms after the start of the bar. */
export function progressLines(total: number, stepMs: number): { at: number; line: string }[] {
  const lines = Array.from({ length: total + 1 }, (_, step) => {
    // The steps of a real model take different times, and the first steps take the longest. So the lines show different speeds.
    const wobble = step < 2 ? 1.06 : 1 + (((step * 7) % 5) - 2) / 100;
    return { at: step * stepMs, line: progressBar(step, total, stepMs * wobble) };
  });
  // tqdm writes the full bar again when it closes.
  return [...lines, { at: total * stepMs, line: progressBar(total, total, stepMs) }];
}
