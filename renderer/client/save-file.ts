/** Hands a text or a picture to the browser to be saved; the desktop window asks where. */
export function saveFile({
  fileName,
  mediaType,
  content,
}: {
  readonly fileName: string
  readonly mediaType: string
  readonly content: string | Blob
}): void {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type: mediaType }) : content)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // Revoked at once, the download of a large file would find nothing.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
