import { useEffect, useEffectEvent } from "react";

/** Left and right on the keyboard while something is open. */
export function useArrowKeys(isOpen: boolean, onStep: (by: number) => void) {
  const step = useEffectEvent(onStep);

  useEffect(() => {
    if (!isOpen) return;
    const onKey = ({ key, target, altKey, metaKey, ctrlKey }: KeyboardEvent) => {
      // With a modifier they are the browser's: Alt and Left goes back.
      if (altKey || metaKey || ctrlKey) return;
      // In a slider they move it.
      if (target instanceof HTMLInputElement) return;
      if (key === "ArrowLeft") step(-1);
      if (key === "ArrowRight") step(1);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [isOpen]);
}
