/** The longest side of a poster (px). */
const maxSide = 1200;

/**
 * Sends the first frame of the user's own video to the server, which saves it as the poster of the video. Tries this only once
 * for each video in a browser session. A failure does no harm: the video only stays without a poster.
 */
export async function sendPoster(id: string, video: HTMLVideoElement) {
  try {
    const mark = `poster ${id}`;
    if (video.currentTime > 0 || sessionStorage.getItem(mark)) return;
    sessionStorage.setItem(mark, "sent");
    // With `preload="metadata"`, Chromium decodes no frame until it must show one. Setting `currentTime` makes it decode the
    // frame.
    const sought = new Promise((resolve) => video.addEventListener("seeked", resolve, { once: true }));
    video.currentTime = 0;
    await sought;
    const body = await drawFrame(video);
    if (body) await fetch(`/api/media/${id}/poster`, { method: "PUT", headers: { "content-type": body.type }, body });
  } catch {
    // Session storage may be blocked, the frame may be unreadable, or the network may be lost.
  }
}

/** Returns the current frame as a JPEG. Returns null if the browser has not drawn the frame. */
async function drawFrame(video: HTMLVideoElement) {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, maxSide / Math.max(videoWidth, videoHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  const context = canvas.getContext("2d");
  context?.drawImage(video, 0, 0, canvas.width, canvas.height);
  const alpha = context?.getImageData(0, 0, 1, 1).data[3];
  if (!alpha) return null;
  return new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
}
