const promises = [
  {
    title: "Nothing is lost",
    words: "A finished image is copied into your own storage, once, whether or not the tab is still open.",
  },
  {
    title: "Any model on Replicate",
    words: "The form comes from the model's own schema. Your input is checked against it and saved with the result.",
  },
  {
    title: "Private by default",
    words: "Only you see your images. The database and the storage enforce this themselves, whatever the pages do.",
  },
];

export function Promises() {
  return (
    <ul className="grid border-y md:grid-cols-3 md:divide-x">
      {promises.map(({ title, words }) => (
        <li key={title} className="border-t py-8 first:border-t-0 md:border-t-0 md:px-8 md:first:pl-0 md:last:pr-0">
          <h2 className="text-[15px] font-medium">{title}</h2>
          <p className="mt-2 max-w-[44ch] text-pretty text-muted">{words}</p>
        </li>
      ))}
    </ul>
  );
}
