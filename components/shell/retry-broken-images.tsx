"use client";

import { useEffect } from "react";

/**
 * Has images that did not arrive fetched again when the network is back, or the page is turned to again: the person may
 * have signed in in another tab.
 */
export function RetryBrokenImages() {
  useEffect(() => {
    window.addEventListener("online", fetchLost);
    window.addEventListener("focus", fetchLost);
    return () => {
      window.removeEventListener("online", fetchLost);
      window.removeEventListener("focus", fetchLost);
    };
  }, []);

  return null;
}

function fetchLost() {
  for (const image of document.images) {
    const address = image.getAttribute("src");
    if (address && image.complete && image.naturalWidth === 0) image.setAttribute("src", address);
  }
}
