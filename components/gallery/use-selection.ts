import { useCallback, useState } from "react";

type Selection = { keys: ReadonlySet<string>; anchor: string | null };

const nothing: Selection = { keys: new Set(), anchor: null };

/**
 * Stores which of `keys` are selected. `toggle` selects or deselects a key. With `isRange`, it also selects or deselects all keys
 * between this key and the key that was toggled before.
 */
export function useSelection(keys: readonly string[]) {
  const [selection, setSelection] = useState(nothing);

  const toggle = useCallback(
    (key: string, isRange: boolean) =>
      setSelection(({ keys: known, anchor }) => {
        const isSelected = !known.has(key);
        const start = isRange && anchor !== null ? keys.indexOf(anchor) : -1;
        const ends = [start < 0 ? keys.indexOf(key) : start, keys.indexOf(key)];
        const next = new Set(known);
        for (const each of keys.slice(Math.min(...ends), Math.max(...ends) + 1)) {
          if (isSelected) next.add(each);
          else next.delete(each);
        }
        return { keys: next, anchor: key };
      }),
    [keys],
  );

  return {
    /** The selected keys that are still in `keys`, in the order of `keys`. */
    selected: keys.filter((key) => selection.keys.has(key)),
    isSelected: (key: string) => selection.keys.has(key),
    toggle,
    selectAll: () => setSelection({ keys: new Set(keys), anchor: null }),
    clear: useCallback(() => setSelection(nothing), []),
  };
}
