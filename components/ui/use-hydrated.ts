import { useSyncExternalStore } from "react";

/** Whether the script has taken over the page: false on the server, and in what it drew until then. */
export function useHydrated() {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
}
