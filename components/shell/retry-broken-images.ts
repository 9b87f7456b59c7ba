/**
 * Loads the broken images of the page again when the network is back. Also does so when the page gets the focus, because the user
 * may have signed in again in another tab. Returns a function that removes the event listeners.
 */
export function retryBrokenImages(): () => void {
  window.addEventListener("online", loadAgain);
  window.addEventListener("focus", loadAgain);
  return () => {
    window.removeEventListener("online", loadAgain);
    window.removeEventListener("focus", loadAgain);
  };
}

function loadAgain() {
  for (const image of document.images) {
    const src = image.getAttribute("src");
    if (src && image.complete && image.naturalWidth === 0) image.setAttribute("src", src);
  }
}
