import { useEffect, useState } from "react";
import { formatDuration, plural } from "@/components/ui/format";
import { announce } from "@/components/ui/live-region";
import { MAX_SPOKEN_SECONDS } from "@/lib/limits/default-limits";
import { loudness } from "./to-wav";

/** When the recording has only this many seconds left, a warning is announced. */
const warning = 10;
/** If a recording begins with this much silence (s), a note asks whether the microphone is muted. */
const patience = 3;
/** The lowest and the highest loudness that the meter shows (dB). */
const [lowest, highest] = [-60, -10];
/** A level (0 to 1) up to this value is treated as silence. */
const silence = 0.2;

/** Shows the length and the loudness of a running recording. */
export function RecordingMeter({ stream }: { stream: MediaStream }) {
  const [seconds, setSeconds] = useState(0);
  /** The loudness, from 0 (`lowest` or less) to 1 (`highest` or more). Null if it cannot be measured. */
  const [level, setLevel] = useState<number | null>(null);
  const [isSilent, setSilent] = useState(true);

  useEffect(() => {
    const start = Date.now();
    const meter = openMeter(stream);
    let isWarned = false;
    const timer = setInterval(() => {
      const measured = meter?.read() ?? null;
      const passed = Math.floor((Date.now() - start) / 1000);
      if (passed >= MAX_SPOKEN_SECONDS - warning && !isWarned) {
        isWarned = true;
        announce(`${plural(warning, "second")} left`);
      }
      setSeconds(passed);
      setLevel(measured);
      if (measured === null || measured > silence) setSilent(false);
    }, 100);
    return () => {
      clearInterval(timer);
      meter?.close();
    };
  }, [stream]);

  return (
    <>
      <span role="timer" className="font-mono text-ink tabular-nums">
        {formatDuration(seconds * 1000)}
      </span>
      {/* The progress bar is hidden from screen readers, because some screen readers beep at each change of a progress bar. */}
      {level === null ? null : <progress aria-hidden max={1} value={level} className="h-1.5 w-24 accent-accent" />}
      {isSilent && seconds >= patience ? <span>No sound yet. Is the microphone muted?</span> : null}
    </>
  );
}

/**
 * Returns a meter of the loudness. Null if the browser cannot measure it. Firefox, for example, throws if the microphone and the
 * loudspeaker have different sample rates.
 */
function openMeter(stream: MediaStream) {
  try {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const read = () => {
      // Before the first click on the page, the browser may not let the audio context run. Then nothing can be measured.
      if (context.state !== "running") return null;
      analyser.getFloatTimeDomainData(samples);
      const decibels = 20 * Math.log10(loudness(samples));
      return Math.max(0, Math.min(1, (decibels - lowest) / (highest - lowest)));
    };
    return { read, close: () => void context.close() };
  } catch {
    return null;
  }
}
