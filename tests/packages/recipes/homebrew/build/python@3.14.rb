# A Python as Homebrew packages it, made of the files of the build machine's.
class PythonAT314 < Formula
  name "python@3.14"
  version "3.14.0"

@1@

  def lib_cellar
    on_macos do
      return frameworks/"Python.framework/Versions"/version.major_minor/"lib/python#{version.major_minor}"
    end
    on_linux do
      return lib/"python#{version.major_minor}"
    end
  end

  def install
    # Stands for `make altinstall` and ensurepip.
    system "staged", prefix, "3.14"

@2@
  end
end
