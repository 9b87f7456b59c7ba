import { useState } from "react";
import type { Picture } from "@/components/prediction/picture";

/**
 * What the viewer shows: of the list that it goes through the one that is open, or a relative of that one which is not in
 * the list.
 */
export function useShown(pictures: Picture[], openKey: string | null, onChange: (key: string | null) => void) {
  const [aside, setAside] = useState<{ over: string | null; picture: Picture } | null>(null);
  const index = pictures.findIndex(({ key }) => key === openKey);
  const listed = pictures[index];
  // Closed by Back.
  if (openKey === null && aside) setAside(null);

  function change(key: string | null) {
    setAside(null);
    onChange(key);
  }

  return {
    index,
    picture: listed && aside?.over === openKey ? aside.picture : listed,
    isAside: listed !== undefined && aside?.over === openKey,
    change,
    show: (relative: Picture) => {
      const known = pictures.find(({ id }) => id === relative.id);
      if (known) change(known.key);
      else setAside({ over: openKey, picture: relative });
    },
  };
}
