// Dates and numbers as people write them: what of Intl scripts use, in English, with every time zone.
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const two = (number) => text(number).padStart(2, '0')
const britishEnglish = (locale) => /^en-(GB|AU|NZ|IE|IN|ZA)$/i.test(locale)

const offsetOf = (zone, milliseconds) => {
    if (zone === undefined || /^(UTC|GMT|Etc\/UTC)$/i.test(zone)) return 0
    const answer = host('offset', stringify({ zone: text(zone), milliseconds }))
    if (!answer) throw new RangeError(`Invalid time zone specified: ${zone}`)
    return Number(answer)
}

const fieldsOf = (milliseconds, zone) => {
    const local = new Date(milliseconds + offsetOf(zone, milliseconds) * 1000)
    return {
        year: local.getUTCFullYear(), month: local.getUTCMonth(), day: local.getUTCDate(), weekday: local.getUTCDay(),
        hour: local.getUTCHours(), minute: local.getUTCMinutes(), second: local.getUTCSeconds(), part: local.getUTCMilliseconds()
    }
}

const styled = (options, british) => {
    const dates = {
        full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }, long: { year: 'numeric', month: 'long', day: 'numeric' },
        medium: { year: 'numeric', month: 'short', day: 'numeric' }, short: { year: british ? 'numeric' : '2-digit', month: 'numeric', day: 'numeric' }
    }
    const times = { short: { hour: 'numeric', minute: '2-digit' }, medium: { hour: 'numeric', minute: '2-digit', second: '2-digit' } }
    const { dateStyle, timeStyle, ...rest } = options
    return { ...dates[dateStyle], ...(timeStyle && (times[timeStyle] ?? times.medium)), ...rest }
}
const dateFields = ['weekday', 'year', 'month', 'day']
const timeFields = ['hour', 'minute', 'second', 'fractionalSecondDigits', 'dayPeriod']
const whole = { date: { year: 'numeric', month: 'numeric', day: 'numeric' }, time: { hour: 'numeric', minute: '2-digit', second: '2-digit' } }
const withDefaults = (options, need, british) => {
    const given = styled(options ?? {}, british)
    const has = (names) => names.some((name) => given[name] !== undefined)
    if (need === 'date' && !has(dateFields)) return { ...given, ...whole.date }
    if (need === 'time' && !has(timeFields)) return { ...given, ...whole.time }
    if (need === 'any' && !has(dateFields) && !has(timeFields)) return { ...given, ...whole.date }
    if (need === 'both' && !has(dateFields) && !has(timeFields)) return { ...given, ...whole.date, ...whole.time }
    return given
}

const datePart = (fields, options, british) => {
    const number = (value, form) => (form === '2-digit' ? two(value % 100) : text(value))
    const day = options.day && number(fields.day, british && /numeric|2-digit/.test(options.month ?? '') ? '2-digit' : options.day)
    const year = options.year && number(fields.year, options.year)
    const weekday = options.weekday && (options.weekday === 'long' ? weekdays[fields.weekday] : weekdays[fields.weekday].slice(0, options.weekday === 'narrow' ? 1 : 3))
    if (options.month === undefined || /numeric|2-digit/.test(options.month)) {
        const month = options.month && number(fields.month + 1, british && options.day ? '2-digit' : options.month)
        const order = british ? [day, month, year] : [month, day, year]
        const plain = order.filter((one) => one !== undefined).join('/')
        return weekday && plain ? `${weekday}, ${plain}` : weekday ?? plain
    }
    const full = months[fields.month]
    const month = options.month === 'long' ? full : british && full === 'September' && options.month === 'short' ? 'Sept' : full.slice(0, options.month === 'narrow' ? 1 : 3)
    if (british) {
        const words = [day, month, year].filter((one) => one !== undefined).join(' ')
        return weekday ? `${weekday}${words && (options.weekday !== 'long' || year !== undefined) ? ',' : ''}${words && ` ${words}`}` : words
    }
    const first = [month, day].filter((one) => one !== undefined).join(' ')
    return [weekday, first, year].filter((one) => one !== undefined).join(', ').replace(day === undefined ? /, (?=\d+$)/ : /(?!)/, ' ')
}

const timePart = (fields, options, british) => {
    const twelve = options.hour12 ?? (options.hourCycle ? /h1[12]/.test(options.hourCycle) : !british)
    const parts = []
    if (options.hour) {
        const hour = twelve ? fields.hour % 12 || 12 : fields.hour
        const padded = options.hour === '2-digit' || (!twelve && (options.minute || british))
        parts.push(padded ? two(hour) : text(hour))
    }
    if (options.minute) parts.push(options.hour || options.second ? two(fields.minute) : text(fields.minute))
    if (options.second) parts.push(options.minute || options.hour ? two(fields.second) : text(fields.second))
    let result = parts.join(':')
    if (options.fractionalSecondDigits) result += `.${text(fields.part).padStart(3, '0').slice(0, options.fractionalSecondDigits)}`
    if (!options.hour || !twelve) return result
    const half = fields.hour < 12 ? 'am' : 'pm'
    return british ? `${result} ${half}` : `${result} ${half.toUpperCase()}`
}

const zoneName = (options, milliseconds) => {
    if (!options.timeZoneName) return ''
    const minutes = offsetOf(options.timeZone, milliseconds) / 60
    if (!minutes && /^(UTC|Etc\/UTC)?$/i.test(options.timeZone ?? '')) return ' UTC'
    const size = Math.abs(minutes)
    return ` GMT${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${size % 60 ? `:${two(size % 60)}` : ''}`
}

const written = (date, locales, given, need) => {
    const milliseconds = Number(date)
    if (Number.isNaN(milliseconds)) return 'Invalid Date'
    const british = britishEnglish(text(Array.isArray(locales) ? locales[0] : locales ?? 'en-US'))
    const options = withDefaults(given, need, british)
    const fields = fieldsOf(milliseconds, options.timeZone)
    const day = datePart(fields, options, british)
    const time = timePart(fields, options, british)
    const joint = given?.dateStyle === 'full' || given?.dateStyle === 'long' || (options.month && !/numeric|2-digit|short/.test(options.month)) ? ' at ' : ', '
    return (day && time ? `${day}${joint}${time}` : day || time) + zoneName(options, milliseconds)
}

const number = (value, locales, options = {}) => {
    if (typeof value === 'bigint') return text(value).replace(/\B(?=(?:\d{3})+$)/g, ',')
    if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value < 0 ? '-∞' : '∞'
    const percentage = options.style === 'percent'
    const money = options.style === 'currency'
    const least = options.minimumFractionDigits ?? (money ? 2 : 0)
    const most = Math.max(least, options.maximumFractionDigits ?? (money ? 2 : percentage ? 0 : 3))
    const [digits, fraction = ''] = Math.abs(percentage ? value * 100 : value).toFixed(Math.min(most, 20)).split('.')
    const shortened = fraction.replace(new RegExp(`(?<=^.{${least},})0+$`), '')
    const grouped = options.useGrouping === false ? digits : digits.replace(/\B(?=(?:\d{3})+$)/g, ',')
    const body = grouped.padStart(options.minimumIntegerDigits ?? 1, '0') + (shortened && `.${shortened}`)
    const signs = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', CNY: 'CN¥', BRL: 'R$', AUD: 'A$', CAD: 'CA$', MXN: 'MX$' }
    const sign = money ? signs[options.currency] ?? `${options.currency}\u00a0` : ''
    return `${value < 0 || Object.is(value, -0) ? '-' : ''}${sign}${body}${percentage ? '%' : ''}`
}

class DateTimeFormat {
    #locales
    #options
    constructor(locales, options = {}) {
        this.#locales = locales
        this.#options = options
        offsetOf(options.timeZone, 0)
    }
    format(date = Date.now()) {
        return written(date, this.#locales, this.#options, 'any')
    }
    resolvedOptions() {
        return { locale: text(this.#locales ?? 'en-US'), calendar: 'gregory', numberingSystem: 'latn', timeZone: this.#options.timeZone ?? 'UTC' }
    }
}
class NumberFormat {
    #locales
    #options
    constructor(locales, options = {}) {
        this.#locales = locales
        this.#options = options
    }
    format(value) {
        return number(typeof value === 'bigint' ? value : Number(value), this.#locales, this.#options)
    }
}
const callable = (kind) => new Proxy(kind, { apply: (target, _self, values) => new target(...values) })
offer({ Intl: { DateTimeFormat: callable(DateTimeFormat), NumberFormat: callable(NumberFormat) } })
const replace = (prototype, methods) => {
    for (const name of Object.keys(methods)) {
        defineProperty(prototype, name, { value: methods[name], writable: true, configurable: true, enumerable: false })
    }
}
replace(Date.prototype, {
    toLocaleString(locales, options) {
        return written(this, locales, options, 'both')
    },
    toLocaleDateString(locales, options) {
        return written(this, locales, options, 'date')
    },
    toLocaleTimeString(locales, options) {
        return written(this, locales, options, 'time')
    }
})
replace(BigInt.prototype, {
    toLocaleString(locales, options) {
        return number(BigInt(this), locales, options)
    }
})
replace(Number.prototype, {
    toLocaleString(locales, options) {
        return number(Number(this), locales, options)
    }
})
