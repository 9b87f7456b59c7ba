import type { Sending } from "@/components/generate/fields/upload-media";
import type { FileType } from "@/lib/models/inputs/takes-and-makes";
import { CameraOrMicrophone } from "./camera-or-microphone";
import { SendingTile } from "./sending-tile";

type OnDemandTilesProps = {
  label: string;
  takes?: FileType;
  sending: Sending | null;
  onFiles: (files: File[]) => void;
  onCancel: () => void;
};

/** The tiles of a media field that are loaded on demand: the camera, the microphone, and the file that is being uploaded. */
export function OnDemandTiles({ label, takes, sending, onFiles, onCancel }: OnDemandTilesProps) {
  return (
    <>
      <CameraOrMicrophone label={label} takes={takes} onFiles={onFiles} />
      {sending ? <SendingTile {...sending} onCancel={onCancel} /> : null}
    </>
  );
}
