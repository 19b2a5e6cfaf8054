// Text and bytes: TextEncoder, TextDecoder, and what of Node's Buffer scripts use.
const utf8Bytes = (value) => {
    const source = text(value)
    const bytes = new Uint8Array(source.length * 3)
    let end = 0
    for (const character of source) {
        let point = character.codePointAt(0)
        if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd
        if (point < 0x80) bytes[end++] = point
        else if (point < 0x800) {
            bytes[end++] = 0xc0 | (point >> 6)
            bytes[end++] = 0x80 | (point & 63)
        } else if (point < 0x10000) {
            bytes[end++] = 0xe0 | (point >> 12)
            bytes[end++] = 0x80 | ((point >> 6) & 63)
            bytes[end++] = 0x80 | (point & 63)
        } else {
            bytes[end++] = 0xf0 | (point >> 18)
            bytes[end++] = 0x80 | ((point >> 12) & 63)
            bytes[end++] = 0x80 | ((point >> 6) & 63)
            bytes[end++] = 0x80 | (point & 63)
        }
    }
    return bytes.slice(0, end)
}

/** The text of UTF-8 bytes; each longest part of a character that does not go on becomes one U+FFFD, as browsers do it. */
const utf8Text = (bytes, fatal = false) => {
    const parts = []
    let part = ''
    const add = (point) => {
        part += String.fromCodePoint(point)
        if (part.length > 4096) {
            parts.push(part)
            part = ''
        }
    }
    const damaged = () => {
        if (fatal) throw new TypeError('The encoded data was not valid for encoding utf-8')
        add(0xfffd)
    }
    for (let at = 0; at < bytes.length; ) {
        const first = bytes[at++]
        if (first < 0x80) {
            add(first)
            continue
        }
        const more = first >= 0xc2 && first <= 0xdf ? 1 : (first & 0xf0) === 0xe0 ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0
        if (!more) {
            damaged()
            continue
        }
        let low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
        let high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
        let point = first & (0x3f >> more)
        let count = 0
        while (count < more && at < bytes.length && bytes[at] >= low && bytes[at] <= high) {
            point = (point << 6) | (bytes[at++] & 63)
            count++
            low = 0x80
            high = 0xbf
        }
        if (count === more) add(point)
        else damaged()
    }
    return parts.join('') + part
}

const bytesOf = (value) => {
    if (value instanceof Uint8Array) return value
    if (value instanceof ArrayBuffer) return new Uint8Array(value)
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    throw new TypeError('bytes are expected')
}

class TextEncoder {
    get encoding() {
        return 'utf-8'
    }
    encode(value = '') {
        return utf8Bytes(value)
    }
}

class TextDecoder {
    #encoding
    #fatal
    constructor(label = 'utf-8', { fatal = false } = {}) {
        const name = text(label).trim().toLowerCase()
        const known = { 'utf-8': 'utf-8', utf8: 'utf-8', 'utf-16le': 'utf-16le', latin1: 'windows-1252', ascii: 'windows-1252' }
        if (!Object.hasOwn(known, name)) throw new RangeError(`The "${label}" encoding is not supported`)
        this.#encoding = known[name]
        this.#fatal = fatal
    }
    get encoding() {
        return this.#encoding
    }
    decode(value = new Uint8Array(0)) {
        const bytes = bytesOf(value)
        if (this.#encoding === 'utf-8') return utf8Text(bytes, this.#fatal).replace(/^\uFEFF/, '')
        return Buffer.from(bytes).toString(this.#encoding === 'utf-16le' ? 'utf16le' : 'latin1')
    }
}

const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const hexOf = (bytes) => {
    let result = ''
    for (let at = 0; at < bytes.length; at++) result += hexDigits[bytes[at]]
    return result
}
const hexBytes = (value) => {
    const source = /^(?:[0-9a-f]{2})*/i.exec(value)[0]
    return Uint8Array.from({ length: source.length / 2 }, (_, at) => parseInt(source.substr(2 * at, 2), 16))
}
const latin1Of = (bytes) => {
    const parts = []
    for (let at = 0; at < bytes.length; at += 4096) parts.push(String.fromCharCode(...bytes.subarray(at, at + 4096)))
    return parts.join('')
}
const latin1Bytes = (value) => Uint8Array.from({ length: value.length }, (_, at) => value.charCodeAt(at) & 255)
const toBase64 = btoa
const fromBase64 = atob
const base64Of = (bytes) => toBase64(latin1Of(bytes))
const base64Bytes = (value) => {
    const plain = value.replace(/=.*$/s, '').replace(/-/g, '+').replace(/_/g, '/').replace(/[^A-Za-z0-9+/]/g, '')
    const whole = plain.length % 4 === 1 ? plain.slice(0, -1) : plain
    return latin1Bytes(fromBase64(whole + '='.repeat((4 - (whole.length % 4)) % 4)))
}

const encodings = {
    utf8: [utf8Bytes, (bytes) => utf8Text(bytes)],
    hex: [hexBytes, hexOf],
    base64: [base64Bytes, base64Of],
    base64url: [base64Bytes, (bytes) => base64Of(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')],
    latin1: [latin1Bytes, latin1Of],
    ascii: [latin1Bytes, (bytes) => latin1Of(bytes.map((byte) => byte & 127))],
    utf16le: [
        (value) => Uint8Array.from({ length: value.length * 2 }, (_, at) => (value.charCodeAt(at >> 1) >> (8 * (at & 1))) & 255),
        (bytes) => {
            let result = ''
            for (let at = 0; at + 1 < bytes.length; at += 2) result += String.fromCharCode(bytes[at] | (bytes[at + 1] << 8))
            return result
        }
    ]
}
const encodingNames = { 'utf-8': 'utf8', binary: 'latin1', ucs2: 'utf16le', 'ucs-2': 'utf16le', 'utf-16le': 'utf16le' }
const encodingOf = (name = 'utf8') => {
    const lower = text(name).toLowerCase()
    const encoding = encodings[encodingNames[lower] ?? lower]
    if (encoding === undefined) throw new TypeError(`Unknown encoding: ${name}`)
    return encoding
}

class Buffer extends Uint8Array {
    static from(value, encoding, length) {
        if (typeof value === 'string') return Buffer.#over(encodingOf(encoding)[0](value))
        if (value instanceof ArrayBuffer) return new Buffer(value, encoding, length)
        if (value && value.type === 'Buffer' && Array.isArray(value.data)) return Buffer.#over(Uint8Array.from(value.data))
        return Buffer.#over(Uint8Array.from(value))
    }
    static #over(bytes) {
        return new Buffer(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    static alloc(size, fill = 0, encoding) {
        const result = new Buffer(size)
        if (typeof fill === 'number') return Uint8Array.prototype.fill.call(result, fill)
        const bytes = typeof fill === 'string' ? encodingOf(encoding)[0](fill) : fill
        for (let at = 0; at < size && bytes.length; at++) result[at] = bytes[at % bytes.length]
        return result
    }
    static allocUnsafe(size) {
        return new Buffer(size)
    }
    static isBuffer(value) {
        return value instanceof Buffer
    }
    static isEncoding(name) {
        const lower = text(name).toLowerCase()
        return Object.hasOwn(encodings, encodingNames[lower] ?? lower)
    }
    static byteLength(value, encoding) {
        return typeof value === 'string' ? encodingOf(encoding)[0](value).length : value.byteLength
    }
    static concat(list, length = list.reduce((sum, one) => sum + one.length, 0)) {
        const result = new Buffer(length)
        let at = 0
        for (const one of list) {
            result.set(one.subarray(0, Math.max(0, length - at)), at)
            at += one.length
            if (at >= length) break
        }
        return result
    }
    static compare(one, other) {
        for (let at = 0; at < Math.min(one.length, other.length); at++) {
            if (one[at] !== other[at]) return one[at] < other[at] ? -1 : 1
        }
        return Math.sign(one.length - other.length)
    }
    static get [Symbol.species]() {
        return Buffer
    }
    toString(encoding, start = 0, end = this.length) {
        return encodingOf(encoding)[1](Uint8Array.prototype.subarray.call(this, start, end))
    }
    toJSON() {
        return { type: 'Buffer', data: Array.from(this) }
    }
    equals(other) {
        return Buffer.compare(this, other) === 0
    }
    slice(start, end) {
        return this.subarray(start, end)
    }
    write(value, offset = 0, length = this.length - offset, encoding = 'utf8') {
        const bytes = encodingOf(encoding)[0](text(value)).subarray(0, Math.min(length, this.length - offset))
        this.set(bytes, offset)
        return bytes.length
    }
    readUInt8(at = 0) {
        return this[at]
    }
    readUInt16BE(at = 0) {
        return (this[at] << 8) | this[at + 1]
    }
    readUInt32BE(at = 0) {
        return this[at] * 0x1000000 + ((this[at + 1] << 16) | (this[at + 2] << 8) | this[at + 3])
    }
}
offer({ TextEncoder, TextDecoder, Buffer })
