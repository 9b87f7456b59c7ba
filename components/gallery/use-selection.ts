import { useCallback, useState } from "react";

type Selection = { keys: ReadonlySet<string>; anchor: string | null };

const nothing: Selection = { keys: new Set(), anchor: null };

/** Which of these are chosen. `toggle` with `isRange` does to all since the last one what it does to this one. */
export function useSelection(keys: readonly string[]) {
  const [selection, setSelection] = useState(nothing);

  const toggle = useCallback(
    (key: string, isRange: boolean) =>
      setSelection(({ keys: chosen, anchor }) => {
        const isChosen = !chosen.has(key);
        const start = isRange && anchor !== null ? keys.indexOf(anchor) : -1;
        const ends = [start < 0 ? keys.indexOf(key) : start, keys.indexOf(key)];
        const next = new Set(chosen);
        for (const each of keys.slice(Math.min(...ends), Math.max(...ends) + 1)) {
          if (isChosen) next.add(each);
          else next.delete(each);
        }
        return { keys: next, anchor: key };
      }),
    [keys],
  );

  return {
    /** In the order of the page; what is no longer there is no longer chosen. */
    selected: keys.filter((key) => selection.keys.has(key)),
    isSelected: (key: string) => selection.keys.has(key),
    toggle,
    selectAll: () => setSelection({ keys: new Set(keys), anchor: null }),
    clear: useCallback(() => setSelection(nothing), []),
  };
}
