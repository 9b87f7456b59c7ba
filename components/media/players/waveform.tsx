"use client";

import { useEffect, useId, useRef, useState } from "react";

type WaveformProps = {
  src: string;
  /**
   * The size of the file (bytes); null until the file is saved. Before that, the file is at Replicate, and the page cannot read
   * it.
   */
  bytes: number | null;
  /** How much of the sound has been played: 0 to 1. */
  playedShare: number;
};

const barCount = 96;
/** The largest file whose waveform is drawn (bytes). A larger one would take too long to load only for its waveform. */
const maxBytes = 30_000_000;
/** The rate at which the sound is read (Hz). It is enough for the drawing, and so low that long sounds need little memory. */
const sampleRate = 8000;

/**
 * The loudness of a sound over time. The sound is loaded when the drawing comes into view. Until then, and if the sound cannot be
 * read, the drawing is a flat line.
 */
export function Waveform({ src, bytes, playedShare }: WaveformProps) {
  const drawing = useRef<SVGSVGElement>(null);
  const [bars, setBars] = useState<number[] | null>(null);
  const clipId = useId();
  const isReadable = bytes !== null && bytes <= maxBytes;

  useEffect(() => {
    if (!isReadable || !drawing.current) return;
    const controller = new AbortController();
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      readBars(src, controller.signal).then(setBars, () => {});
    });
    observer.observe(drawing.current);
    return () => {
      observer.disconnect();
      controller.abort();
    };
  }, [src, isReadable]);

  const path = (bars ?? Array.from({ length: barCount }, () => 0))
    .map((loudness, index) => {
      const half = Math.max(0.5, loudness * 20);
      return `M${index * 4 + 2} ${20 - half}v${half * 2}`;
    })
    .join("");
  return (
    <svg
      ref={drawing}
      aria-hidden
      viewBox={`0 0 ${barCount * 4} 40`}
      preserveAspectRatio="none"
      className="h-20 w-full stroke-edge [stroke-width:2]"
    >
      <path d={path} />
      <clipPath id={clipId}>
        <rect width={playedShare * barCount * 4} height={40} />
      </clipPath>
      <path d={path} clipPath={`url(#${clipId})`} className="stroke-accent" />
    </svg>
  );
}

/** Returns the loudest sample of each bar. The values are scaled, so that the loudest bar is 1. */
async function readBars(src: string, signal: AbortSignal) {
  const response = await fetch(src, { signal });
  if (!response.ok) throw new TypeError(`The sound could not be fetched (status ${response.status}).`);
  const file = await response.arrayBuffer();
  const sound = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(file);
  const samples = sound.getChannelData(0);
  const length = Math.ceil(samples.length / barCount);
  const bars = Array.from({ length: barCount }, (_, bar) =>
    samples.subarray(bar * length, (bar + 1) * length).reduce((max, sample) => Math.max(max, Math.abs(sample)), 0),
  );
  const loudest = Math.max(...bars) || 1;
  return bars.map((bar) => bar / loudest);
}
