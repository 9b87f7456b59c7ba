import type { CardActions } from "@/components/generate/feed/job-card";

const ignore = () => {};

/** The actions of a card, for tests that use none of them. They do nothing. */
export const ignoredActions: CardActions = {
  onCancel: ignore,
  onRetry: ignore,
  onEditJob: ignore,
  onEdit: ignore,
  onUseValues: ignore,
  onTool: ignore,
  onAsk: ignore,
  messagesModel: null,
  onOpen: ignore,
  onChange: ignore,
  onDelete: ignore,
};
