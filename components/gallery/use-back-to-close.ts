import { useEffect, useEffectEvent } from "react";

/** While something is open, the browser's Back closes it. Closing it in another way goes back too, by the function returned. */
export function useBackToClose(isOpen: boolean, onClose: () => void) {
  const close = useEffectEvent(onClose);

  useEffect(() => {
    if (!isOpen) return;
    window.history.pushState(null, "", window.location.href);
    const onBack = () => close();
    window.addEventListener("popstate", onBack);
    return () => window.removeEventListener("popstate", onBack);
  }, [isOpen]);

  return () => window.history.back();
}
