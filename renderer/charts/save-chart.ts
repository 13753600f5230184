import type { Picture } from './drawn-picture.ts'

/** The picture at twice its size, so that it stays sharp. */
export async function pngBlob({ width, height, text }: Picture): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = 2 * width
    canvas.height = 2 * height
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise<Blob>((resolve, reject) =>
      canvas.toBlob((blob) => (blob === null ? reject(new Error('the picture could not be made')) : resolve(blob))),
    )
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** `Quality against size` of run 17: `run-17-quality-against-size`. */
export const chartFileName = (stem: string, title: string): string =>
  `${stem}-${title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`
