#include "gateway/app/certificate_page.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <cmath>
#include <memory>
#include <numbers>

#include "gateway/app/qr_code.hpp"
#include "gateway/base/utf8.hpp"

namespace duenotice::app {

namespace {

/// In points, 1/72 inch.
constexpr double page_width = 595.276, page_height = 841.89;
constexpr double margin = 45;
constexpr double text_width = page_width - 2 * margin;
constexpr double label_width = 104;
constexpr double code_width = 112;
constexpr double quiet_zone = 4;  // modules, ISO/IEC 18004
/// Letters shrink from the first size to the last until the page holds everything.
constexpr double largest_size = 9.5, smallest_size = 6, size_step = 0.25;

constexpr const char* text_font = "Noto Sans CJK SC";
constexpr const char* code_font = "Noto Sans Mono CJK SC";
constexpr const char* title_font = "Noto Serif CJK SC";

struct Color {
  double red, green, blue;
};
constexpr Color ink{0.08, 0.08, 0.1}, faint{0.36, 0.36, 0.4}, rule{0.7, 0.7, 0.74}, red{0.78, 0.05, 0.05};

template <auto release>
struct Releaser {
  template <class T>
  void operator()(T* pointer) const {
    release(pointer);
  }
};
using Surface = std::unique_ptr<cairo_surface_t, Releaser<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Releaser<cairo_destroy>>;
using Layout = std::unique_ptr<PangoLayout, Releaser<g_object_unref>>;
using FontMap = std::unique_ptr<PangoFontMap, Releaser<g_object_unref>>;
using FontContext = std::unique_ptr<PangoContext, Releaser<g_object_unref>>;
using Font = std::unique_ptr<PangoFont, Releaser<g_object_unref>>;
using Description = std::unique_ptr<PangoFontDescription, Releaser<pango_font_description_free>>;

cairo_status_t append(void* out, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

Description describe(const char* family, double size, bool bold) {
  Description description(pango_font_description_new());
  pango_font_description_set_family(description.get(), family);
  pango_font_description_set_weight(description.get(), bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(description.get(), size * PANGO_SCALE);
  return description;
}

/// Draws from the top of the page to its bottom, or only measures.
class Page {
 public:
  Page(cairo_t* cairo, const Certificate& certificate, double size)
      : cairo_(cairo), certificate_(certificate), size_(size) {}

  /// How far down it came.
  Result<double> draw() {
    stamp();
    heading();
    for (const Certificate::Section& section : certificate_.sections) this->section(section);
    foot();
    if (fault_) return *fault_;
    return top_;
  }

 private:
  struct Style {
    const char* family = text_font;
    double size = 0;  ///< 0: that of the page
    bool bold = false;
    Color color = ink;
    PangoAlignment alignment = PANGO_ALIGN_LEFT;
  };

  Layout lay(const std::string& text, double width, const Style& style) {
    Layout layout(pango_cairo_create_layout(cairo_));
    const auto font = describe(style.family, style.size > 0 ? style.size : size_, style.bold);
    pango_layout_set_font_description(layout.get(), font.get());
    const bool chinese = certificate_.language == Language::chinese;
    pango_context_set_language(pango_layout_get_context(layout.get()),
                               pango_language_from_string(chinese ? "zh-cn" : "en"));
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_alignment(layout.get(), style.alignment);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    if (width > 0) {
      pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
      pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    }
    if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0 && !fault_) fault_ = missing_glyph(layout);
    return layout;
  }

  /// Names the first character of the layout that no font has.
  Error missing_glyph(const Layout& whole) {
    const std::string text = pango_layout_get_text(whole.get());
    for (const char32_t character : code_points(text)) {
      char encoded[8] = {};
      const int length = g_unichar_to_utf8(character, encoded);
      pango_layout_set_text(whole.get(), encoded, length);
      if (pango_layout_get_unknown_glyphs_count(whole.get()) == 0) continue;
      char name[16];
      std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(character));
      return {ErrorKind::not_found,
              "no font of this machine has the character " + std::string(name) +
                  ", and a certificate with a gap would be none: install a font that has it, such as those "
                  "of the Debian packages fonts-noto-cjk-extra, fonts-noto-core or fonts-noto-color-emoji"};
    }
    return {ErrorKind::not_found, "no font of this machine has all characters of the certificate"};
  }

  /// Draws a text at `x` and the present height; returns its own height.
  double put(const std::string& text, double x, double width, const Style& style) {
    const Layout layout = lay(text, width, style);
    cairo_set_source_rgb(cairo_, style.color.red, style.color.green, style.color.blue);
    cairo_move_to(cairo_, x, top_);
    pango_cairo_show_layout(cairo_, layout.get());
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }

  void line(double thickness) {
    cairo_set_source_rgb(cairo_, rule.red, rule.green, rule.blue);
    cairo_set_line_width(cairo_, thickness);
    cairo_move_to(cairo_, margin, top_);
    cairo_line_to(cairo_, page_width - margin, top_);
    cairo_stroke(cairo_);
  }

  void heading() {
    top_ = margin;
    top_ += put(certificate_.title, margin, text_width,
                {.family = title_font, .size = size_ * 2.1, .bold = true, .alignment = PANGO_ALIGN_CENTER});
    top_ += put(certificate_.subtitle, margin, text_width, {.color = faint, .alignment = PANGO_ALIGN_CENTER});
    top_ += size_ * 0.7;
  }

  void section(const Certificate::Section& section) {
    line(0.6);
    top_ += size_ * 0.4;
    top_ += put(section.title, margin, text_width, {.size = size_ * 1.1, .bold = true});
    top_ += size_ * 0.15;
    for (const Certificate::Row& row : section.rows) {
      const bool code = row.look == Certificate::Look::code;
      const bool strong = row.look == Certificate::Look::strong;
      const double label = row.label.empty() ? 0 : put(row.label, margin, label_width - 8, {.color = faint});
      const double text =
          put(row.text, margin + label_width, text_width - label_width,
              {.family = code ? code_font : text_font, .size = code ? size_ * 0.88 : size_, .bold = strong});
      top_ += std::max(label, text) + size_ * 0.12;
    }
    top_ += size_ * 0.5;
  }

  void foot() {
    line(0.6);
    top_ += size_ * 0.6;
    const double begin = top_;
    const bool with_code = !certificate_.qr.empty();
    if (with_code) code(page_width - margin - code_width, begin);
    const double width = with_code ? text_width - code_width - 14 : text_width;
    for (const std::string& remark : certificate_.remarks)
      top_ += put(remark, margin, width, {.size = size_ * 0.88, .color = faint}) + size_ * 0.25;
    if (with_code) top_ = std::max(top_, begin + code_width);
  }

  void code(double x, double y) {
    const auto made = make_qr_code(certificate_.qr);
    if (!made) {
      fault_ = made.error();
      return;
    }
    const double module = code_width / (static_cast<double>(made->width) + 2 * quiet_zone);
    cairo_set_source_rgb(cairo_, 0, 0, 0);
    for (std::size_t i = 0; i < made->dark.size(); ++i) {
      if (!made->dark[i]) continue;
      const auto column = static_cast<double>(i % made->width), row = static_cast<double>(i / made->width);
      cairo_rectangle(cairo_, x + (column + quiet_zone) * module, y + (row + quiet_zone) * module, module,
                      module);
    }
    cairo_fill(cairo_);
  }

  /// Below everything else, so that nothing becomes hard to read.
  void stamp() {
    if (certificate_.stamp.empty()) return;
    const double diagonal = std::hypot(page_width, page_height);
    const Layout layout = lay(certificate_.stamp, diagonal * 0.86,
                              {.size = 46, .bold = true, .color = red, .alignment = PANGO_ALIGN_CENTER});
    int width = 0, height = 0;
    pango_layout_get_size(layout.get(), &width, &height);
    cairo_save(cairo_);
    cairo_translate(cairo_, page_width / 2, page_height / 2);
    cairo_rotate(cairo_, -std::atan2(page_height, page_width));
    cairo_set_source_rgba(cairo_, red.red, red.green, red.blue, 0.22);
    cairo_move_to(cairo_, -diagonal * 0.43, -static_cast<double>(height) / PANGO_SCALE / 2);
    pango_cairo_show_layout(cairo_, layout.get());
    cairo_restore(cairo_);
  }

  cairo_t* cairo_;
  const Certificate& certificate_;
  const double size_;
  double top_ = 0;
  std::optional<Error> fault_;
};

Status fonts_are_there() {
  const FontMap map(pango_cairo_font_map_new());
  const FontContext context(pango_font_map_create_context(map.get()));
  for (const char* family : {text_font, code_font, title_font}) {
    const auto wanted = describe(family, largest_size, false);
    const Font font(pango_font_map_load_font(map.get(), context.get(), wanted.get()));
    if (font) {
      const Description got(pango_font_describe(font.get()));
      if (std::string_view(family) == pango_font_description_get_family(got.get())) continue;
    }
    return Error{ErrorKind::not_found, std::string("the font ") + family +
                                           " is not on this machine, and a certificate needs it: install "
                                           "the Debian package fonts-noto-cjk"};
  }
  return Done{};
}

/// Draws on a page that is thrown away.
Result<double> measure(const Certificate& certificate, double size) {
  const Surface surface(cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nullptr));
  const Context cairo(cairo_create(surface.get()));
  return Page(cairo.get(), certificate, size).draw();
}

}  // namespace

Result<std::string> draw_certificate(const Certificate& certificate) {
  if (const Status fonts = fonts_are_there(); !fonts) return fonts.error();
  double size = largest_size;
  for (;; size -= size_step) {
    if (size < smallest_size) {
      return Error{ErrorKind::invalid,
                   "the certificate does not fit on one page: this notice has too many "
                   "facts; its evidence bundle has all of them"};
    }
    const auto bottom = measure(certificate, size);
    if (!bottom) return bottom.error();
    if (*bottom <= page_height - margin) break;
  }
  std::string pdf;
  const Surface surface(cairo_pdf_surface_create_for_stream(append, &pdf, page_width, page_height));
  const std::string date = to_text(std::chrono::floor<std::chrono::seconds>(certificate.as_of));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE,
                                 (certificate.title + " " + certificate.number).c_str());
  // Not the time of drawing: the same record gives the same bytes.
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
  {
    const Context cairo(cairo_create(surface.get()));
    const auto drawn = Page(cairo.get(), certificate, size).draw();
    if (!drawn) return drawn.error();
    cairo_show_page(cairo.get());
  }
  cairo_surface_finish(surface.get());
  if (cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS) return pdf;
  return Error{ErrorKind::broken, std::string("the certificate could not be drawn: ") +
                                      cairo_status_to_string(cairo_surface_status(surface.get()))};
}

}  // namespace duenotice::app
