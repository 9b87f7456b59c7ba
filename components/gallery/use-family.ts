import { useEffect, useState } from "react";
import { type Family, loadFamily } from "./family";

const nobody: Family = { parents: [], children: [] };

/** The relatives of the picture with this id, once they are known; those that do not come are done without. */
export function useFamily(id: string | null): Family {
  const [known, setKnown] = useState<{ id: string; family: Family } | null>(null);

  useEffect(() => {
    if (id === null) return;
    const controller = new AbortController();
    loadFamily(id, controller.signal).then(
      (family) => setKnown({ id, family }),
      () => {},
    );
    return () => controller.abort();
  }, [id]);

  return known?.id === id ? known.family : nobody;
}
