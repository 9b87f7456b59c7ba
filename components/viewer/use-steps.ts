import { type TouchEvent, useEffect, useEffectEvent, useRef } from "react";

/** The shortest swipe (px). */
const minSwipe = 50;

/** Calls `onStep` with -1 or 1 for the arrow keys while the viewer is open. Returns handlers for sideways swipes. */
export function useSteps(isOpen: boolean, onStep: (by: number) => void) {
  const step = useEffectEvent(onStep);
  const start = useRef<{ x: number; y: number } | null>(null);

  useEffect(() => {
    if (!isOpen) return;
    const onKey = ({ key, target, altKey, metaKey, ctrlKey }: KeyboardEvent) => {
      // With a modifier the keys are the browser's: Alt and Left goes back.
      if (altKey || metaKey || ctrlKey) return;
      // In a slider they move it.
      if (target instanceof HTMLInputElement) return;
      if (key === "ArrowLeft") step(-1);
      if (key === "ArrowRight") step(1);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [isOpen]);

  return {
    onTouchStart({ touches }: TouchEvent) {
      const finger = touches[0];
      // Two fingers zoom.
      start.current = finger && touches.length === 1 ? { x: finger.clientX, y: finger.clientY } : null;
    },
    onTouchEnd({ changedTouches }: TouchEvent) {
      const finger = changedTouches[0];
      if (!start.current || !finger) return;
      const [x, y] = [finger.clientX - start.current.x, finger.clientY - start.current.y];
      start.current = null;
      if (Math.abs(x) > minSwipe && Math.abs(x) > 2 * Math.abs(y)) onStep(x < 0 ? 1 : -1);
    },
  };
}
